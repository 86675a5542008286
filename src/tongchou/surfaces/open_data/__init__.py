"""A region's figures in the forms other programs take: Data Package, SDMX, GeoPackage, DCAT. Pure writers."""
