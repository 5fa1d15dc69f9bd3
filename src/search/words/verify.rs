//! Checking the whole of the vocabulary, and walking it once it has been.

use super::{HEADER, KEY_LIMIT, Vocabulary};

impl Vocabulary<'_> {
    /// Calls with the words below each prefix that has more than so many. The vocabulary must have
    /// been verified: only then is this work bounded by its words.
    pub(in crate::search) fn branches(
        self,
        more_than: usize,
        mut each: impl FnMut((u32, u32)) -> Result<(), &'static str>,
    ) -> Result<(), &'static str> {
        const DAMAGED: &str = "a node of the vocabulary is damaged";
        let mut left = match self.words {
            0 => vec![],
            _ => vec![(self.root().ok_or(DAMAGED)?, 0_u64)],
        };
        let mut left_root = false;
        while let Some((node, sum)) = left.pop() {
            let (first, end) = self.below(node, sum).ok_or(DAMAGED)?;
            if end.saturating_sub(first) as usize <= more_than {
                continue;
            }
            // The root begins every word, and is the beginning of none that is asked.
            if !left_root {
                left_root = true;
            } else {
                each((first, end))?;
            }
            for index in 0..node.len() {
                let edge = node.edge(index).ok_or(DAMAGED)?;
                let sum = sum.checked_add(edge.output).ok_or(DAMAGED)?;
                left.push((self.follow(edge).ok_or(DAMAGED)?, sum));
            }
        }
        Ok(())
    }

    /// Checks that the words are numbered from 0 in ascending order of their bytes, `words` in
    /// all, none longer than [`KEY_LIMIT`]: so that the numbers below any node are a range.
    ///
    /// The nodes lie one behind the other, each behind those it leads to. So one pass over them
    /// counts the words below each, and with those counts says what each output must be.
    pub(in crate::search) fn verify(self, words: usize) -> Result<(), &'static str> {
        const DAMAGED: &str = "a node of the vocabulary is damaged";
        if self.words != words as u64 {
            return Err("the vocabulary has another number of words than stated");
        }
        if self.root.checked_add(1) != Some(self.bytes.len()) {
            return Err("the root of the vocabulary is not its last node");
        }
        let mut addresses = Vec::new();
        let mut address = self.root;
        while address >= HEADER {
            let node = self.node(address).ok_or(DAMAGED)?;
            addresses.push(address);
            address = node.base.checked_sub(1).ok_or(DAMAGED)?;
        }
        // By address: words below and bytes to the end of the longest, of the nodes seen so far.
        let mut seen = vec![(0_u32, 0_u32); self.bytes.len()];
        if let Some(end) = seen.first_mut() {
            *end = (1, 0);
        }
        for &address in addresses.iter().rev() {
            let node = self.node(address).ok_or(DAMAGED)?;
            if node.final_output != 0 {
                return Err("the words are not numbered in their order");
            }
            let mut count = u32::from(node.is_final);
            let mut longest = 0;
            let mut before = None;
            for index in 0..node.len() {
                let edge = node.edge(index).ok_or(DAMAGED)?;
                if before >= Some(edge.byte) {
                    return Err("the transitions of a node are not ascending");
                }
                before = Some(edge.byte);
                if edge.output != u64::from(count) {
                    return Err("the words are not numbered in their order");
                }
                if node.find(edge.byte) != Some(edge) {
                    return Err("the table of a node contradicts its transitions");
                }
                match seen.get(edge.target) {
                    Some(&(below, length)) if below > 0 => {
                        count = count.checked_add(below).ok_or(DAMAGED)?;
                        longest = longest.max(length.saturating_add(1));
                    }
                    _ => return Err("a transition leads to no node with words"),
                }
            }
            if longest as usize > KEY_LIMIT {
                return Err("a word is too long");
            }
            let place = seen.get_mut(address).ok_or(DAMAGED)?;
            *place = (count, longest);
        }
        match seen.get(self.root) {
            Some((count, _)) if *count as usize == words => Ok(()),
            _ => Err("the vocabulary has another number of words than stated"),
        }
    }
}
