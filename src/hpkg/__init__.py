"""hpkg: a knowledge graph and semantic query service for the plans that governments publish."""
