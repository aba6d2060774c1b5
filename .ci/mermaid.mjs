// Parses every Mermaid diagram in the given Markdown files with Mermaid itself.
import { readFileSync } from "node:fs";
import { JSDOM } from "jsdom";

// Mermaid expects a browser.
const { window } = new JSDOM("");
globalThis.window = window;
globalThis.document = window.document;
const { default: mermaid } = await import("mermaid");

let diagrams = 0;
for (const file of process.argv.slice(2)) {
    const fences = readFileSync(file, "utf8").matchAll(/^```mermaid\n([\s\S]*?)^```$/gm);
    for (const [, diagram] of fences) {
        try {
            await mermaid.parse(diagram);
        } catch (error) {
            console.error(`${file}: ${error.message}\n${diagram}`);
            process.exit(1);
        }
        diagrams += 1;
    }
}
console.log(`${diagrams} diagrams parsed`);
if (diagrams === 0) process.exit(1);
