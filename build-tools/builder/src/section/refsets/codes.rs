//! Ids to component codes: read by `farr::snomed::refset`.

use farr::index::format::{CODE_KIND_SHIFT, CODE_NONE, DESCRIPTION_RECORD_LENGTH};
use rayon::prelude::*;

use crate::error::BuildError;
use crate::snomed::IdTable;

/// Stands for the code of an id that is neither a concept's nor a description's.
const UNKNOWN: u32 = CODE_NONE - 1;

/// The code of every id that rows name.
#[derive(Debug)]
pub(super) struct Codes {
    table: IdTable,
    concepts: u32,
    /// Ids that are neither concepts' nor descriptions', ascending.
    pub(super) others: Vec<u64>,
}

impl Codes {
    /// The codes of concepts, by ordinal, and of descriptions, as their section has them.
    pub(super) fn new(concepts: &[u64], descriptions: &[u8]) -> Codes {
        let records = descriptions.as_chunks::<DESCRIPTION_RECORD_LENGTH>().0;
        let count = concepts.len() as u32;
        let id = |at: usize| match concepts.get(at) {
            Some(id) => *id,
            None => {
                let record = &records[at - concepts.len()];
                u64::from_le_bytes(std::array::from_fn(|byte| record[byte]))
            }
        };
        let code = |at: u32| match at.checked_sub(count) {
            None => at,
            Some(row) => 1 << CODE_KIND_SHIFT | row,
        };
        // Of an id that both have, the concept is found.
        let items = (0..concepts.len() + records.len()).map(|at| (id(at), code(at as u32)));
        Codes { table: IdTable::new(items), concepts: count, others: Vec::new() }
    }

    fn find(&self, id: u64) -> Option<u32> {
        // The table has no place for 0, which no id is.
        (id != 0).then(|| self.table.get(id)).flatten()
    }

    /// The ordinal of a concept of the release.
    pub(super) fn concept(&self, id: u64) -> Option<u32> {
        self.find(id).filter(|code| *code < self.concepts)
    }

    /// Takes in ids; those that are neither concepts' nor descriptions' are numbered by
    /// [`Codes::number`]. Gives the codes, for [`Codes::complete`].
    pub(super) fn see(
        &mut self,
        ids: impl IndexedParallelIterator<Item = u64> + Clone,
    ) -> Vec<u32> {
        let codes: Vec<u32> = ids.clone().map(|id| self.find(id).unwrap_or(UNKNOWN)).collect();
        self.others
            .par_extend(ids.zip(&codes).filter(|(_, code)| **code == UNKNOWN).map(|(id, _)| id));
        codes
    }

    /// Numbers the ids seen that are neither concepts' nor descriptions'.
    pub(super) fn number(&mut self) -> Result<(), BuildError> {
        self.others.par_sort_unstable();
        self.others.dedup();
        match self.others.len() >= 1 << CODE_KIND_SHIFT {
            true => Err(BuildError::TooLarge { what: "other components" }),
            false => Ok(()),
        }
    }

    /// Puts in the codes that were unknown when the ids were seen.
    pub(super) fn complete(
        &self,
        codes: &mut [u32],
        ids: impl IndexedParallelIterator<Item = u64>,
    ) {
        codes.par_iter_mut().zip(ids).filter(|(code, _)| **code == UNKNOWN).for_each(
            |(code, id)| {
                *code = 2 << CODE_KIND_SHIFT | self.others.partition_point(|o| *o < id) as u32;
            },
        );
    }

    /// The code of an id that was seen.
    pub(super) fn code(&self, id: u64) -> u32 {
        self.find(id).unwrap_or_else(|| {
            2 << CODE_KIND_SHIFT | self.others.partition_point(|other| *other < id) as u32
        })
    }
}
