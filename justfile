# What one can do here. `just` alone lists it; each recipe is a line that can be typed without just as well.

programs := ".venv/bin"

[private]
default:
    @just --list --unsorted

# Make .venv with everything a developer needs
setup:
    python3 bootstrap.py setup

# Run the tests, for example `just test tests/test_house.py`
test *arguments:
    python3 bootstrap.py test {{ arguments }}

# Build the graph from the report and ask it which tasks serve the pillars
demo:
    python3 bootstrap.py demo

# Style, form, types and the direction of imports
check:
    {{ programs }}/ruff check
    {{ programs }}/ruff format --check
    {{ programs }}/mypy
    {{ programs }}/lint-imports

# Mend form and what can be mended of style
format:
    {{ programs }}/ruff format
    {{ programs }}/ruff check --fix

# Rebuild the graph from the reports, and check it
build:
    {{ programs }}/hpkg build
    {{ programs }}/hpkg check

# Write the generated pages and examples anew: docs/cli.md, docs/questions.md, docs/errors.md, the READMEs' output
docs:
    {{ programs }}/python docs/generate.py

# Bundle what pages run in a browser, from web/ and its npm packages
web:
    {{ programs }}/python tools/web.py

# Draw the pictures of docs/gallery.md anew
gallery:
    {{ programs }}/python docs/gallery.py

# Write the lock files anew from pyproject.toml; versions that still fit stay (`just lock --upgrade` moves them)
lock *arguments:
    {{ programs }}/uv pip compile {{ lock_options }} {{ arguments }} --group build --output-file requirements-build.lock
    {{ programs }}/uv pip compile {{ lock_options }} {{ arguments }} pyproject.toml --output-file requirements.lock
    {{ programs }}/uv pip compile {{ lock_options }} {{ arguments }} pyproject.toml --group dev --constraint requirements-build.lock --constraint requirements.lock --output-file requirements-dev.lock

lock_options := "--quiet --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url"

# Everything that must pass before a change lands
ci:
    .ci/run
