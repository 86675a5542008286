"""Public services and people in need (M9): health, schools, help, siting."""
