//! Published folders: what is published, who reads it meanwhile, and what holds when all goes wrong.

mod killed;
mod published;
mod signed;
mod switched;
mod whole;
