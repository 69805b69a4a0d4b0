//! Values that follow from others: worked out when first asked for, or beforehand and read from an archive.

use super::{Raw, from_bytes, to_bytes};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;
use std::sync::OnceLock;

/// A value that follows from what stands beside it. Two are equal whether or not they were worked out yet.
pub struct Made<T> {
    cell: OnceLock<T>,
    archive: Option<&'static [u8]>,
}

impl<T: Deserialize<'static>> Made<T> {
    /// The value; worked out if no archive holds it.
    pub fn get_or(&self, make: impl FnOnce() -> T) -> &T {
        self.cell.get_or_init(|| self.archive.and_then(from_bytes).unwrap_or_else(make))
    }
}

impl<T> Default for Made<T> {
    fn default() -> Made<T> {
        Made { cell: OnceLock::new(), archive: None }
    }
}

impl<T> Clone for Made<T> {
    /// What stands beside a copy may be changed before it is used, so it makes its own.
    fn clone(&self) -> Made<T> {
        Made::default()
    }
}

impl<T> PartialEq for Made<T> {
    fn eq(&self, _: &Made<T>) -> bool {
        true
    }
}

impl<T> fmt::Debug for Made<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Made")
    }
}

impl<T: Serialize> Serialize for Made<T> {
    /// Writes what was worked out so far: nothing, if it was never asked for.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let bytes = self.cell.get().map(to_bytes);
        bytes.as_deref().map(Raw).serialize(serializer)
    }
}

impl<'de: 'static, T> Deserialize<'de> for Made<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Made<T>, D::Error> {
        let archive = <Option<&'de [u8]>>::deserialize(deserializer)?;
        Ok(Made { cell: OnceLock::new(), archive })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_worked_out_is_written_and_read() {
        let made: Made<Vec<u16>> = Made::default();
        assert_eq!(from_bytes::<Made<Vec<u16>>>(to_bytes(&made).leak()).unwrap().get_or(|| vec![7]), &[7]);
        assert_eq!(made.get_or(|| vec![1, 2]), &[1, 2]);
        let read: Made<Vec<u16>> = from_bytes(to_bytes(&made).leak()).unwrap();
        assert_eq!(read.get_or(|| panic!("it is in the archive")), &[1, 2]);
        assert_eq!(read.clone().get_or(|| vec![3]), &[3], "a copy makes its own");
    }
}
