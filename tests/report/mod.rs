//! Documents, whatever text is put into them.

mod shape;
