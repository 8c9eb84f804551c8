"""One picture with what was found in it, as every view shows it, and how pictures are alike."""
