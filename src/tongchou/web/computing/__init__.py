"""Rules in the workbench: the catalogue, a page and a form for each rule, its result, workings and comparison."""
