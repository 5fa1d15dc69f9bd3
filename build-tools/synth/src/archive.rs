//! Files as a zip archive.

use std::fs::File;
use std::io::{self, BufReader, BufWriter};
use std::path::{Path, PathBuf};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

/// Writes files that are in `folder` to an archive, each dated as the release. The bytes are the
/// same whenever it is written.
pub(crate) fn write(zip: &Path, folder: &Path, files: &[PathBuf], date: u32) -> io::Result<()> {
    let (year, month, day) = (date / 10_000, date / 100 % 100, date % 100);
    let noon = DateTime::from_date_and_time(year as u16, month as u8, day as u8, 12, 0, 0)
        .map_err(io::Error::other)?;
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .compression_level(Some(1))
        .last_modified_time(noon)
        .unix_permissions(0o644);
    let mut archive = ZipWriter::new(BufWriter::with_capacity(1 << 20, File::create(zip)?));
    for file in files {
        let name: Vec<_> = file.iter().map(|part| part.to_string_lossy()).collect();
        archive.start_file(name.join("/"), options)?;
        let mut source = BufReader::with_capacity(1 << 20, File::open(folder.join(file))?);
        io::copy(&mut source, &mut archive)?;
    }
    archive.finish()?.into_inner().map_err(io::IntoInnerError::into_error)?.sync_all()
}
