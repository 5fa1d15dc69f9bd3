//! One or several index files, opened together.

use std::path::Path;
use std::sync::OnceLock;

use crate::classification::{
    Classification, ClassificationLayout, Icd10, Icd10Cm, Opcs4, RubricCode,
};
use crate::coding::Release;
use crate::dmd::{Dmd, DmdLayout};
use crate::id::{Icd10CmCode, Icd10Code, Opcs4Code};
use crate::index::format::Tag;
use crate::index::parts::{AtOnce, one_by_one};
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
    snomed: Option<System<Layout>>,
    dmd: Option<System<DmdLayout>>,
    icd10: Option<System<ClassificationLayout>>,
    icd10_cm: Option<System<ClassificationLayout>>,
    opcs4: Option<System<ClassificationLayout>>,
}

/// One code system: which file holds it, and where.
#[derive(Debug)]
struct System<L> {
    file: usize,
    layout: L,
    /// The outcome of verifying its structure, once.
    structure: OnceLock<Result<(), Corrupt>>,
}

impl<L> System<L> {
    /// The one file of several that holds a code system.
    fn of(
        files: &[IndexFile],
        what: &'static str,
        layout_of: impl Fn(&IndexFile) -> Result<Option<L>, OpenError>,
    ) -> Result<Option<System<L>>, OpenError> {
        let mut found: Option<System<L>> = None;
        for (number, file) in files.iter().enumerate() {
            let Some(layout) = layout_of(file)? else {
                continue;
            };
            if let Some(first) = &found {
                return Err(OpenError::Twice {
                    what,
                    first: files.get(first.file).map(|f| f.path().to_owned()).unwrap_or_default(),
                    second: file.path().to_owned(),
                });
            }
            found = Some(System { file: number, layout, structure: OnceLock::new() });
        }
        Ok(found)
    }

    /// The outcome of verifying its structure: found out once.
    fn structure(
        &self,
        file: &IndexFile,
        verify: impl FnOnce() -> Result<(), (Tag, usize, &'static str)>,
    ) -> Result<(), OpenError> {
        let structure = self.structure.get_or_init(|| {
            verify().map_err(|(tag, at, what)| {
                let start = file.section(tag).map_or(0, |section| section.start);
                Corrupt { section: Some(tag), what, at: start.saturating_add(at) as u64 }
            })
        });
        structure.map_err(|corrupt| file.corrupt(corrupt))
    }
}

/// The code systems of a terminology, for one question: see [`Terminology::ask_systems`].
#[derive(Clone, Copy, Debug)]
pub struct Systems<'q> {
    snomed: Option<Snomed<'q>>,
    dmd: Option<Dmd<'q>>,
    icd10: Option<Icd10<'q>>,
    icd10_cm: Option<Icd10Cm<'q>>,
    opcs4: Option<Opcs4<'q>>,
}

impl<'q> Systems<'q> {
    /// SNOMED CT; `None` where no opened file holds it.
    pub fn snomed(self) -> Option<Snomed<'q>> {
        self.snomed
    }

    /// dm+d; `None` where no opened file holds it.
    pub fn dmd(self) -> Option<Dmd<'q>> {
        self.dmd
    }

    /// ICD-10; `None` where no opened file holds it.
    pub fn icd10(self) -> Option<Icd10<'q>> {
        self.icd10
    }

    /// ICD-10-CM; `None` where no opened file holds it.
    pub fn icd10_cm(self) -> Option<Icd10Cm<'q>> {
        self.icd10_cm
    }

    /// OPCS-4; `None` where no opened file holds it.
    pub fn opcs4(self) -> Option<Opcs4<'q>> {
        self.opcs4
    }
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
        let snomed = System::of(&files, Snomed::NAME, Layout::of)?;
        let dmd = System::of(&files, Dmd::NAME, DmdLayout::of)?;
        let icd10 = System::of(&files, Icd10::NAME, ClassificationLayout::of::<Icd10Code>)?;
        let icd10_cm = System::of(&files, Icd10Cm::NAME, ClassificationLayout::of::<Icd10CmCode>)?;
        let opcs4 = System::of(&files, Opcs4::NAME, ClassificationLayout::of::<Opcs4Code>)?;
        let terminology = Terminology { files, snomed, dmd, icd10, icd10_cm, opcs4 };
        if options.verification == Verification::Full {
            if terminology.snomed.is_some() {
                terminology.snomed()?;
            }
            if terminology.dmd.is_some() {
                terminology.dmd()?;
            }
            if terminology.icd10.is_some() {
                terminology.icd10()?;
            }
            if terminology.icd10_cm.is_some() {
                terminology.icd10_cm()?;
            }
            if terminology.opcs4.is_some() {
                terminology.opcs4()?;
            }
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
        self.snomed_at_once(&one_by_one)
    }

    fn snomed_at_once(&self, at_once: AtOnce<'_>) -> Result<Snomed<'_>, OpenError> {
        let (system, file) = self.system(self.snomed.as_ref(), Snomed::NAME)?;
        file.verify_blocks_at_once(at_once)?;
        let snomed = Snomed::new(file.verified_source(), &system.layout);
        system.structure(file, || {
            snomed.verify(at_once).map_err(|broken| (broken.section, broken.at, broken.what))
        })?;
        Ok(snomed)
    }

    /// Verifies in full what was opened with [`Verification::FirstUse`], on the caller's threads: farr
    /// starts none. What it finds is what opening with [`Verification::Full`] finds, and afterwards
    /// [`Terminology::snomed`] and the like cost one load.
    ///
    /// `at_once` is given how many parts there are, and what does one of them by its number, from 0. It is
    /// called several times, and comes back when the parts that it had done are done; the others are done
    /// one by one.
    ///
    /// ```
    /// use std::sync::atomic::{AtomicUsize, Ordering};
    ///
    /// use farr::Terminology;
    /// use farr::index::{OpenOptions, Verification};
    ///
    /// # let index = concat!(env!("CARGO_MANIFEST_DIR"), "/testdata/golden/1.0-tiny.farr");
    /// let first_use = OpenOptions::new().verification(Verification::FirstUse);
    /// let terminology = Terminology::open_with([index], first_use)?;
    /// terminology.verify_at_once(|parts, part| {
    ///     let next = AtomicUsize::new(0);
    ///     std::thread::scope(|scope| {
    ///         for _ in 0..2 {
    ///             scope.spawn(|| {
    ///                 let numbers = std::iter::repeat_with(|| next.fetch_add(1, Ordering::Relaxed));
    ///                 numbers.take_while(|number| *number < parts).for_each(part);
    ///             });
    ///         }
    ///     });
    /// })?;
    /// # Ok::<(), farr::index::OpenError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`OpenError::Corrupt`], whichever file the damage is in.
    pub fn verify_at_once(
        &self,
        at_once: impl Fn(usize, &(dyn Fn(usize) + Sync)),
    ) -> Result<(), OpenError> {
        self.files.iter().try_for_each(|file| file.verify_blocks_at_once(&at_once))?;
        if self.snomed.is_some() {
            self.snomed_at_once(&at_once)?;
        }
        self.systems().map(drop)
    }

    /// dm+d, verified in full: what is asked of it cannot fail.
    ///
    /// As [`Terminology::snomed`] for SNOMED CT.
    ///
    /// ```
    /// # let index = concat!(env!("CARGO_MANIFEST_DIR"), "/testdata/golden/1.0-dmd.farr");
    /// use farr::Terminology;
    ///
    /// let terminology = Terminology::open([index])?;
    /// let dmd = terminology.dmd()?;
    /// for ampp in dmd.ampps().take(3) {
    ///     println!("{} {}", ampp.id(), ampp.name());
    /// }
    /// # assert!(dmd.ampps().len() > 0);
    /// # Ok::<(), farr::index::OpenError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`OpenError::Absent`] where no file holds dm+d, [`OpenError::Corrupt`].
    pub fn dmd(&self) -> Result<Dmd<'_>, OpenError> {
        let (system, file) = self.system(self.dmd.as_ref(), Dmd::NAME)?;
        file.verify_blocks()?;
        let dmd = Dmd::new(file.verified_source(), &system.layout);
        system.structure(file, || {
            dmd.verify().map_err(|broken| (broken.section, broken.at, broken.what))
        })?;
        Ok(dmd)
    }

    /// ICD-10, verified in full: what is asked of it cannot fail.
    ///
    /// As [`Terminology::snomed`] for SNOMED CT.
    ///
    /// # Errors
    ///
    /// [`OpenError::Absent`] where no file holds ICD-10, [`OpenError::Corrupt`].
    pub fn icd10(&self) -> Result<Icd10<'_>, OpenError> {
        self.classification::<Icd10Code>(self.icd10.as_ref())
    }

    /// ICD-10-CM, verified in full: as [`Terminology::icd10`].
    ///
    /// # Errors
    ///
    /// [`OpenError::Absent`] where no file holds ICD-10-CM, [`OpenError::Corrupt`].
    pub fn icd10_cm(&self) -> Result<Icd10Cm<'_>, OpenError> {
        self.classification::<Icd10CmCode>(self.icd10_cm.as_ref())
    }

    /// OPCS-4, verified in full: as [`Terminology::icd10`].
    ///
    /// # Errors
    ///
    /// [`OpenError::Absent`] where no file holds OPCS-4, [`OpenError::Corrupt`].
    pub fn opcs4(&self) -> Result<Opcs4<'_>, OpenError> {
        self.classification::<Opcs4Code>(self.opcs4.as_ref())
    }

    fn classification<'t, C: RubricCode>(
        &'t self,
        system: Option<&'t System<ClassificationLayout>>,
    ) -> Result<Classification<'t, C>, OpenError> {
        let (system, file) = self.system(system, C::SYSTEM.name())?;
        file.verify_blocks()?;
        let classification = Classification::new(file.verified_source(), &system.layout);
        system.structure(file, || classification.verify())?;
        Ok(classification)
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
        let (system, file) = self.system(self.snomed.as_ref(), Snomed::NAME)?;
        let answer = question(Snomed::new(file.source(), &system.layout));
        match file.damage() {
            None => Ok(answer),
            Some(corrupt) => Err(file.corrupt(corrupt)),
        }
    }

    /// Asks a question of dm+d, verifying what the answer touches and nothing else: as
    /// [`Terminology::ask`].
    ///
    /// # Errors
    ///
    /// [`OpenError::Absent`], [`OpenError::Corrupt`].
    pub fn ask_dmd<T>(&self, question: impl for<'q> FnOnce(Dmd<'q>) -> T) -> Result<T, OpenError> {
        let (system, file) = self.system(self.dmd.as_ref(), Dmd::NAME)?;
        let answer = question(Dmd::new(file.source(), &system.layout));
        match file.damage() {
            None => Ok(answer),
            Some(corrupt) => Err(file.corrupt(corrupt)),
        }
    }

    /// All code systems that are open, each verified in full.
    ///
    /// # Errors
    ///
    /// [`OpenError::Corrupt`], whichever file the damage is in.
    pub fn systems(&self) -> Result<Systems<'_>, OpenError> {
        Ok(Systems {
            snomed: self.snomed.as_ref().map(|_| self.snomed()).transpose()?,
            dmd: self.dmd.as_ref().map(|_| self.dmd()).transpose()?,
            icd10: self.icd10.as_ref().map(|_| self.icd10()).transpose()?,
            icd10_cm: self.icd10_cm.as_ref().map(|_| self.icd10_cm()).transpose()?,
            opcs4: self.opcs4.as_ref().map(|_| self.opcs4()).transpose()?,
        })
    }

    /// Asks a question of all code systems that are open, verifying what the answer touches and
    /// nothing else: as [`Terminology::ask`].
    ///
    /// ```
    /// # let index = concat!(env!("CARGO_MANIFEST_DIR"), "/testdata/golden/1.0-tiny.farr");
    /// # let terminology = farr::Terminology::open([index])?;
    /// let id = "401004".parse()?;
    /// let found = terminology.ask_systems(|systems| {
    ///     let concept = systems.snomed().is_some_and(|snomed| snomed.concept(id).is_some());
    ///     let product = systems.dmd().is_some_and(|dmd| dmd.product(id).is_some());
    ///     (concept, product)
    /// })?;
    /// assert_eq!(found, (true, false));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`OpenError::Corrupt`], whichever file the damage is in.
    pub fn ask_systems<T>(
        &self,
        question: impl for<'q> FnOnce(Systems<'q>) -> T,
    ) -> Result<T, OpenError> {
        let snomed = self.system(self.snomed.as_ref(), Snomed::NAME).ok();
        let dmd = self.system(self.dmd.as_ref(), Dmd::NAME).ok();
        let icd10 = self.system(self.icd10.as_ref(), Icd10::NAME).ok();
        let icd10_cm = self.system(self.icd10_cm.as_ref(), Icd10Cm::NAME).ok();
        let opcs4 = self.system(self.opcs4.as_ref(), Opcs4::NAME).ok();
        let answer = question(Systems {
            snomed: snomed.map(|(system, file)| Snomed::new(file.source(), &system.layout)),
            dmd: dmd.map(|(system, file)| Dmd::new(file.source(), &system.layout)),
            icd10: icd10.map(|(system, file)| Icd10::new(file.source(), &system.layout)),
            icd10_cm: icd10_cm.map(|(system, file)| Icd10Cm::new(file.source(), &system.layout)),
            opcs4: opcs4.map(|(system, file)| Opcs4::new(file.source(), &system.layout)),
        });
        match self.files.iter().find_map(|file| Some(file.corrupt(file.damage()?))) {
            None => Ok(answer),
            Some(error) => Err(error),
        }
    }

    /// The releases that are open, one a system, as the indexes say it of themselves. Allocates.
    ///
    /// ```
    /// # let index = concat!(env!("CARGO_MANIFEST_DIR"), "/testdata/golden/1.0-dmd.farr");
    /// # let terminology = farr::Terminology::open([index])?;
    /// let releases = terminology.releases()?;
    /// assert_eq!(releases[0].system(), farr::coding::System::Dmd);
    /// # Ok::<(), farr::index::OpenError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`OpenError::Corrupt`], whichever file the damage is in.
    pub fn releases(&self) -> Result<Vec<Release>, OpenError> {
        self.ask_systems(crate::coding::releases)
    }

    fn system<'t, L>(
        &'t self,
        system: Option<&'t System<L>>,
        what: &'static str,
    ) -> Result<(&'t System<L>, &'t IndexFile), OpenError> {
        let found = system.and_then(|system| Some((system, self.files.get(system.file)?)));
        found.ok_or(OpenError::Absent { what })
    }
}
