mod cases;
mod model;
mod ranges;
mod round_trips;
