"""Running the workbench for real: serving, health, logs, backup and restore, verification."""
