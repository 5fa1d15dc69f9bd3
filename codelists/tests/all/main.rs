//! Files of code lists and rule packs, and what they come to.

mod changes;
mod files;
mod lost;
mod round_trip;
mod rules;
mod shared_data;
