"""News pages: from archives of web crawls to titles, dates and main text."""
