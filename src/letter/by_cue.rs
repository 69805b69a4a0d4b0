//! Where the hits of each cue stand in a reading: the question that is asked most.

use crate::lexicon::Cue;

/// Positions of hits by cue.
#[derive(Clone, Debug, Default)]
pub(super) struct ByCue {
    /// Those of one cue behind those of another, each in order.
    places: Vec<u32>,
    /// For each cue where its own end.
    ends: Vec<u32>,
}

impl ByCue {
    /// From the cues of the hits in their order.
    pub fn of(found: &[(Cue, u32)]) -> ByCue {
        if found.is_empty() {
            return ByCue::default();
        }
        // how many there are of each tells where each stands
        let mut ends = vec![0; Cue::ALL.len()];
        found.iter().for_each(|(cue, _)| ends[*cue as usize] += 1);
        let mut before = 0;
        for end in &mut ends {
            (*end, before) = (before, before + *end);
        }
        let mut places = vec![0; found.len()];
        for (cue, place) in found {
            let end = &mut ends[*cue as usize];
            places[*end as usize] = *place;
            *end += 1;
        }
        ByCue { places, ends }
    }

    /// The positions of the hits of a cue, in order.
    #[inline]
    pub fn all(&self, cue: Cue) -> &[u32] {
        let cue = cue as usize;
        let Some(end) = self.ends.get(cue) else { return &[] };
        let start = cue.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.places[start as usize..*end as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_cue_has_its_own_places() {
        let [first, second] = [Cue::ALL[0].1, Cue::ALL[1].1];
        let last = Cue::ALL[Cue::ALL.len() - 1].1;
        let by_cue = ByCue::of(&[(last, 0), (first, 2), (last, 5), (first, 7)]);
        assert_eq!([by_cue.all(first), by_cue.all(second), by_cue.all(last)], [&[2, 7][..], &[], &[0, 5]]);
        assert!(ByCue::of(&[]).all(last).is_empty());
    }
}
