//! Signatures of sets, as [minisign](https://jedisct1.github.io/minisign/) makes them.

use std::path::{Path, PathBuf};

use sha2::{Digest as _, Sha256};

use super::error::SetError;
use super::held::HeldSet;
use super::sha256::Sha256Sum;
use crate::index::IndexFile;

/// A public key of minisign, which sets have to be signed with: see
/// [`SetOptions::signed_by`](super::SetOptions::signed_by).
///
/// ```
/// use farr::published::PublicKey;
///
/// let key = "RWQf6LRCGA9i53mlYecO4IzT51TGPpvWucNSCh1CBM0QTaLn73Y7GFO3";
/// let line: PublicKey = key.parse()?;
/// let file: PublicKey = format!("untrusted comment: ours\n{key}\n").parse()?;
/// assert_eq!(line, file);
/// assert!("RWQf6LRC".parse::<PublicKey>().is_err());
/// # Ok::<(), farr::published::PublicKeyError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicKey(minisign_verify::PublicKey);

/// A text that is no public key of minisign.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "not a public key of minisign: expected the two lines of a .pub file, or the second of them"
)]
pub struct PublicKeyError;

impl std::str::FromStr for PublicKey {
    type Err = PublicKeyError;

    /// Reads the text of a `.pub` file, or its second line alone.
    fn from_str(text: &str) -> Result<PublicKey, PublicKeyError> {
        let key = text
            .lines()
            .map(str::trim)
            .find(|line| !line.is_empty() && !line.starts_with("untrusted comment:"));
        let key = key.ok_or(PublicKeyError)?;
        minisign_verify::PublicKey::from_base64(key).map(PublicKey).map_err(|_| PublicKeyError)
    }
}

impl PublicKey {
    /// Holds the signature of a description against this key.
    ///
    /// # Errors
    ///
    /// [`SetError::Unsigned`], [`SetError::Signature`].
    pub(super) fn verify(&self, held: &HeldSet) -> Result<(), SetError> {
        let file = || held.source().to_owned();
        let described = held.description();
        let Some(signature) = described.signature() else {
            return Err(SetError::Unsigned { file: file() });
        };
        self.verify_text(described.signed_part(), signature)
            .map_err(|what| SetError::Signature { file: file(), what })
    }

    /// Holds a signature, the text of a `.minisig` file, against this key and the text that was
    /// signed: before a set is published with it, say.
    ///
    /// # Errors
    ///
    /// What is amiss with it.
    pub fn verify_text(&self, signed: &str, signature: &str) -> Result<(), &'static str> {
        use minisign_verify::Error;
        let signature = minisign_verify::Signature::decode(signature)
            .map_err(|_| "it is no signature of minisign")?;
        // Not the form of old versions, which signed the bytes themselves and not their sum.
        self.0.verify(signed.as_bytes(), &signature, false).map_err(|error| match error {
            Error::UnexpectedKeyId => "it was made with another key",
            Error::UnexpectedAlgorithm => "it is in the form of old versions of minisign",
            _ => "it is of another text, or was changed",
        })
    }
}

/// Holds every byte that is answered from against the sums that were signed: of what was read or
/// mapped, and not of a second reading. Files that the set does not name are passed over.
pub(super) fn check_sums(held: &HeldSet, files: &[IndexFile]) -> Result<(), SetError> {
    // One file has many paths.
    let whole = |path: &Path| path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let paths: Vec<PathBuf> = held.paths().iter().map(|path| whole(path)).collect();
    for file in files {
        let (here, named) = (whole(file.path()), paths.iter().zip(held.description().files()));
        let Some((_, named)) = named.into_iter().find(|(path, _)| **path == here) else {
            continue;
        };
        if Sha256Sum(Sha256::digest(file.as_bytes()).into()) != named.sha256 {
            return Err(held.differs(file.path(), "another SHA-256"));
        }
    }
    Ok(())
}
