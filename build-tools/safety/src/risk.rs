//! The risk matrix that DCB0129 publishes.

/// A likelihood or a severity: 1 to 5.
pub type Level = u8;

/// Rows are likelihoods from 1 (very low) to 5 (very high), columns severities from 1 (minor) to 5
/// (catastrophic).
const MATRIX: [[u8; 5]; 5] = [
    [1, 1, 2, 2, 3], //
    [1, 2, 2, 3, 4],
    [2, 2, 3, 3, 4],
    [2, 3, 3, 4, 5],
    [3, 4, 4, 5, 5],
];

/// The highest residual risk with which a hazard may stand in the log of a release.
pub const HIGHEST_RESIDUAL: u8 = 3;

/// The risk, 1 to 5, of a likelihood and a severity; `None` where either is not 1 to 5.
pub fn risk(likelihood: Level, severity: Level) -> Option<u8> {
    let row = MATRIX.get(usize::from(likelihood.checked_sub(1)?))?;
    row.get(usize::from(severity.checked_sub(1)?)).copied()
}

/// A likelihood and a severity, and the risk that was written beside them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rating {
    /// 1 to 5.
    pub likelihood: Level,
    /// 1 to 5.
    pub severity: Level,
    /// As it stands in the file, right or wrong.
    pub risk: u8,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn risks_are_those_of_the_published_matrix() {
        let published = [
            (1, "11 12 21"),
            (2, "13 14 22 23 31 32 41"),
            (3, "15 24 33 34 42 43 51"),
            (4, "25 35 44 52 53"),
            (5, "45 54 55"),
        ];
        let mut told = 0;
        for (value, cells) in published {
            for cell in cells.split(' ') {
                let (likelihood, severity) = cell.split_at(1);
                let levels = (likelihood.parse().unwrap(), severity.parse().unwrap());
                assert_eq!(risk(levels.0, levels.1), Some(value), "{cell}");
                told += 1;
            }
        }
        assert_eq!(told, 25);
        assert_eq!((risk(0, 3), risk(3, 6)), (None, None));
    }
}
