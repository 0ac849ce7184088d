"""Justice beside care: track, dose, release from custody and outcomes. It never raises or lowers a clinical level."""
