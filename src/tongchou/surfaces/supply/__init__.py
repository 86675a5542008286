"""Water, energy and information of a region package: who gets what, what holds back, what one more link would do."""
