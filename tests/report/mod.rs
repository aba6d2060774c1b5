//! Documents, whatever text is put into them.

mod diagram;
mod shape;
