//! Lists whose entries are decoded one by one, when first asked for.

use super::{Raw, from_bytes, to_bytes};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;
use std::ops::{Index, IndexMut};
use std::sync::OnceLock;

/// A list of owned entries, or of entries that stand in an archive until they are asked for. It is used like a slice.
#[derive(Clone)]
pub struct Entries<T> {
    cells: Vec<OnceLock<Box<T>>>,
    archive: Stored,
}

/// Where entries stand: four bytes an entry that tell where it ends, then the entries.
#[derive(Clone, Copy, Debug, Default)]
struct Stored {
    ends: &'static [u8],
    bytes: &'static [u8],
}

impl Stored {
    fn end(&self, entry: usize) -> usize {
        let at = &self.ends[entry * 4..entry * 4 + 4];
        u32::from_le_bytes([at[0], at[1], at[2], at[3]]) as usize
    }

    fn entry(&self, entry: usize) -> &'static [u8] {
        let start = entry.checked_sub(1).map_or(0, |before| self.end(before));
        &self.bytes[start..self.end(entry)]
    }
}

impl<T> Entries<T> {
    /// How many there are.
    pub fn len(&self) -> usize {
        self.cells.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.cells.is_empty()
    }

    /// Adds an entry at the end.
    pub fn push(&mut self, entry: T) {
        self.cells.push(OnceLock::from(Box::new(entry)));
    }
}

impl<T: Deserialize<'static>> Entries<T> {
    /// The entry with a number, if there is one.
    pub fn get(&self, number: usize) -> Option<&T> {
        let cell = self.cells.get(number)?;
        let read = || Box::new(from_bytes(self.archive.entry(number)).expect("the archive is what was written"));
        Some(cell.get_or_init(read))
    }

    /// All entries in order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &T> + DoubleEndedIterator + Clone {
        (0..self.len()).map(|number| &self[number])
    }
}

impl<T: Deserialize<'static>> Index<usize> for Entries<T> {
    type Output = T;

    fn index(&self, number: usize) -> &T {
        let all = self.len();
        self.get(number).unwrap_or_else(|| panic!("entry {number} of {all}"))
    }
}

impl<T: Deserialize<'static>> IndexMut<usize> for Entries<T> {
    fn index_mut(&mut self, number: usize) -> &mut T {
        let _decoded = &self[number];
        self.cells[number].get_mut().expect("it was decoded just now")
    }
}

impl<T> Default for Entries<T> {
    fn default() -> Entries<T> {
        Entries { cells: Vec::new(), archive: Stored::default() }
    }
}

impl<T> FromIterator<T> for Entries<T> {
    fn from_iter<I: IntoIterator<Item = T>>(entries: I) -> Entries<T> {
        let cells = entries.into_iter().map(|entry| OnceLock::from(Box::new(entry))).collect();
        Entries { cells, archive: Stored::default() }
    }
}

impl<T: PartialEq + Deserialize<'static>> PartialEq for Entries<T> {
    fn eq(&self, other: &Entries<T>) -> bool {
        self.len() == other.len() && self.iter().eq(other.iter())
    }
}

impl<T: fmt::Debug + Deserialize<'static>> fmt::Debug for Entries<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.iter()).finish()
    }
}

impl<T: Serialize + Deserialize<'static>> Serialize for Entries<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let (mut ends, mut bytes) = (Vec::new(), Vec::new());
        for entry in self.iter() {
            bytes.extend(to_bytes(entry));
            ends.extend((bytes.len() as u32).to_le_bytes());
        }
        (Raw(&ends), Raw(&bytes)).serialize(serializer)
    }
}

impl<'de: 'static, T> Deserialize<'de> for Entries<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Entries<T>, D::Error> {
        let (ends, bytes) = <(&'de [u8], &'de [u8])>::deserialize(deserializer)?;
        let cells = (0..ends.len() / 4).map(|_| OnceLock::new()).collect();
        Ok(Entries { cells, archive: Stored { ends, bytes } })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_are_read_from_an_archive_one_by_one() {
        let written: Entries<String> = ["one", "two", "three"].map(str::to_string).into_iter().collect();
        let bytes: &'static [u8] = to_bytes(&written).leak();
        let mut read: Entries<String> = from_bytes(bytes).unwrap();
        assert_eq!((read.len(), read.cells.iter().filter(|c| c.get().is_some()).count()), (3, 0));
        assert_eq!((read[1].as_str(), read.get(3)), ("two", None));
        assert_eq!(read.cells.iter().filter(|c| c.get().is_some()).count(), 1, "the others were not asked for");
        assert_eq!(read, written);
        read[0] = "changed".to_string();
        read.push("four".to_string());
        assert_eq!(read.iter().cloned().collect::<Vec<_>>(), ["changed", "two", "three", "four"]);
        assert_eq!(from_bytes::<Entries<String>>(to_bytes(&read).leak()).unwrap(), read);
    }
}
