//! Data prepared once and read where it stands: lists whose entries are decoded when they are asked for, and values that
//! are worked out beforehand. So a run pays for what its letters need, not for the size of the rulebook.

mod entries;
mod made;

pub use entries::Entries;
pub use made::Made;

use serde::{Deserialize, Serialize};

/// A value as bytes.
pub fn to_bytes<T: Serialize>(value: &T) -> Vec<u8> {
    // writing to memory fails only for types without a length, which the archive has none of
    postcard::to_stdvec(value).expect("every type of the archive can be written")
}

/// The value that bytes hold, as [`to_bytes`] gave them; it may read on in them.
pub fn from_bytes<T: Deserialize<'static>>(bytes: &'static [u8]) -> Option<T> {
    postcard::from_bytes(bytes).ok()
}

/// Bytes in an archive, written as they are and read where they stand.
pub struct Raw<'a>(pub &'a [u8]);

impl Serialize for Raw<'_> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(self.0)
    }
}
