"""Stage `sample`: an invented encyclopedia at two dates, with questions, where Wikipedia cannot be downloaded."""
