"""Roads and paths of an OpenStreetMap extract (.osm.pbf) as a network; needs the extra ``osm`` (pyrosm)."""
