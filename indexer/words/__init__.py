"""Words of Vietnamese: segmentation and the analysis of texts for the index."""
