mod cases;
mod dictionary;
mod round_trips;
