//! Every version of the change log says what it means for the clinic.

use crate::Problem;

/// The heading below which a version says so.
const IMPACT: &str = "### Clinical impact\n";

/// Tells versions without such a part, or with an empty one.
pub fn check(file: &str, text: &str) -> Vec<Problem> {
    let mut problems = Vec::new();
    let mut versions = 0;
    for version in text.split("\n## ").skip(1) {
        versions += 1;
        let name = version.lines().next().unwrap_or_default();
        let impact = version.split_once(IMPACT).map(|(_, rest)| rest);
        let said = impact.map(|rest| rest.split("\n### ").next().unwrap_or_default().trim());
        if said.is_none_or(|said| said.is_empty() || said.starts_with("###")) {
            problems.push(Problem::new(file, format!("{name}: no \"Clinical impact\"")));
        }
    }
    if versions == 0 {
        problems.push(Problem::new(file, "there is no version"));
    }
    problems
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_version_has_its_own_part() {
        let both =
            "# C\n\n## 2\n\n### Clinical impact\n\nNone.\n\n## 1\n\n### Clinical impact\n\nA.\n";
        assert_eq!(check("C", both), []);
        let second = both.replace("\n\nA.", "\n");
        assert_eq!(check("C", &second), [Problem::new("C", "1: no \"Clinical impact\"")]);
        let first = both.replace("Clinical impact\n\nNone", "Added\n\nNone");
        assert_eq!(check("C", &first), [Problem::new("C", "2: no \"Clinical impact\"")]);
        let followed = "# C\n\n## 2\n\n### Clinical impact\n\n### Added\n\nA.\n";
        assert_eq!(check("C", followed).len(), 1);
        assert_eq!(check("C", "# C\n").len(), 1);
    }
}
