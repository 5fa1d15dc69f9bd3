//! One or several index files, opened together.

use std::path::Path;
use std::sync::OnceLock;

use crate::index::{Corrupt, IndexFile, OpenError, OpenOptions, Verification};
use crate::snomed::{Layout, Snomed};

/// One or several index files, opened together, to ask questions of.
///
/// `Terminology` owns the files; the handles it gives ([`Snomed`], concepts, descriptions) borrow
/// it, cost nothing to make, and are `Copy`, `Send` and `Sync`.
///
/// ```no_run
/// use farr::{Dialect, Terminology};
///
/// let terminology = Terminology::open(["uk-snomed.farr"])?;
/// let snomed = terminology.snomed()?;
/// if let Some(sclerosis) = snomed.concept("24700007".parse()?) {
///     println!("{:?}", sclerosis.preferred_term(Dialect::NHS_CLINICAL));
/// }
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct Terminology {
    files: Vec<IndexFile>,
    snomed: Option<System>,
}

/// One code system: which file holds it, and where.
#[derive(Debug)]
struct System {
    file: usize,
    layout: Layout,
    /// The outcome of verifying its structure, once.
    structure: OnceLock<Result<(), Corrupt>>,
}

impl Terminology {
    /// Reads index files into memory and verifies them in full: every checksum, and the structure
    /// of every section.
    ///
    /// Costs the size of the files in memory, and the time to read them. To share one copy in the
    /// page cache between processes, and to open in no time, see [`Terminology::map`].
    ///
    /// # Errors
    ///
    /// [`OpenError`] names the file, and for damage the section and the byte.
    pub fn open<P: AsRef<Path>>(
        files: impl IntoIterator<Item = P>,
    ) -> Result<Terminology, OpenError> {
        Terminology::open_with(files, OpenOptions::new())
    }

    /// [`Terminology::open`] with options.
    ///
    /// # Errors
    ///
    /// As [`Terminology::open`].
    pub fn open_with<P: AsRef<Path>>(
        files: impl IntoIterator<Item = P>,
        options: OpenOptions,
    ) -> Result<Terminology, OpenError> {
        let files: Result<Vec<_>, _> =
            files.into_iter().map(|path| IndexFile::read(path.as_ref(), options)).collect();
        Terminology::of(files?, options)
    }

    /// Takes one index that is in memory already.
    ///
    /// ```
    /// # use farr::Terminology;
    /// let error = Terminology::from_bytes(b"something else".to_vec()).unwrap_err();
    /// assert_eq!(error.to_string(), "(memory): not a farr index");
    /// ```
    ///
    /// # Errors
    ///
    /// As [`Terminology::open`].
    pub fn from_bytes(bytes: Vec<u8>) -> Result<Terminology, OpenError> {
        Terminology::from_bytes_with(bytes, OpenOptions::new())
    }

    /// [`Terminology::from_bytes`] with options.
    ///
    /// # Errors
    ///
    /// As [`Terminology::open`].
    pub fn from_bytes_with(bytes: Vec<u8>, options: OpenOptions) -> Result<Terminology, OpenError> {
        Terminology::of(vec![IndexFile::from_bytes(bytes, options)?], options)
    }

    pub(crate) fn of(
        files: Vec<IndexFile>,
        options: OpenOptions,
    ) -> Result<Terminology, OpenError> {
        let mut snomed: Option<System> = None;
        for (number, file) in files.iter().enumerate() {
            let Some(layout) = Layout::of(file)? else {
                continue;
            };
            if let Some(first) = &snomed {
                return Err(OpenError::Twice {
                    what: Snomed::NAME,
                    first: files.get(first.file).map(|f| f.path().to_owned()).unwrap_or_default(),
                    second: file.path().to_owned(),
                });
            }
            snomed = Some(System { file: number, layout, structure: OnceLock::new() });
        }
        let terminology = Terminology { files, snomed };
        if options.verification == Verification::Full && terminology.snomed.is_some() {
            terminology.snomed()?;
        }
        Ok(terminology)
    }

    /// The opened files, in the order given.
    pub fn files(&self) -> &[IndexFile] {
        &self.files
    }

    /// SNOMED CT, verified in full: what is asked of it cannot fail.
    ///
    /// Where the files were opened with [`Verification::FirstUse`], the first call verifies the
    /// file that holds SNOMED CT; later calls cost one load. A process that asks one question and
    /// ends uses [`Terminology::ask`].
    ///
    /// # Errors
    ///
    /// [`OpenError::Absent`] where no file holds SNOMED CT, [`OpenError::Corrupt`].
    pub fn snomed(&self) -> Result<Snomed<'_>, OpenError> {
        let (system, file) = self.snomed_system()?;
        file.verify_blocks()?;
        let snomed = Snomed::new(file.verified_source(), &system.layout);
        let structure = system.structure.get_or_init(|| {
            snomed.verify().map_err(|broken| {
                let section = file.section(broken.section);
                let start = section.map_or(0, |section| section.start);
                let at = start.saturating_add(broken.at);
                Corrupt { section: Some(broken.section), what: broken.what, at: at as u64 }
            })
        });
        structure.map_err(|corrupt| file.corrupt(corrupt))?;
        Ok(snomed)
    }

    /// Asks a question of SNOMED CT, verifying what the answer touches and nothing else.
    ///
    /// The answer is given only if every block that was read matches its checksum; where one does
    /// not, the question may have seen less than there is, so its answer is dropped and the damage
    /// is returned. Handles do not leave the closure, for the same reason.
    ///
    /// ```
    /// use farr::index::{OpenOptions, Verification};
    /// use farr::Terminology;
    ///
    /// # let index = concat!(env!("CARGO_MANIFEST_DIR"), "/testdata/golden/1.0-tiny.farr");
    /// let first_use = OpenOptions::new().verification(Verification::FirstUse);
    /// let terminology = Terminology::open_with([index], first_use)?;
    /// let id = "401004".parse()?;
    /// let active = terminology.ask(|snomed| snomed.concept(id).map(|c| c.is_active()))?;
    /// assert_eq!(active, Some(true));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`OpenError::Absent`], [`OpenError::Corrupt`].
    pub fn ask<T>(&self, question: impl for<'q> FnOnce(Snomed<'q>) -> T) -> Result<T, OpenError> {
        let (system, file) = self.snomed_system()?;
        let answer = question(Snomed::new(file.source(), &system.layout));
        match file.damage() {
            None => Ok(answer),
            Some(corrupt) => Err(file.corrupt(corrupt)),
        }
    }

    fn snomed_system(&self) -> Result<(&System, &IndexFile), OpenError> {
        let system = self.snomed.as_ref();
        let found = system.and_then(|system| Some((system, self.files.get(system.file)?)));
        found.ok_or(OpenError::Absent { what: Snomed::NAME })
    }
}
