# The two commands: `make run` and `make test`. Both set everything up first, in .venv.
# On Windows, where there is no make:  py packaging\bootstrap.py run   and   py packaging\bootstrap.py test
PYTHON ?= python3

.PHONY: run test test-core lint demo clean
run test test-core lint demo:
	@$(PYTHON) packaging/bootstrap.py $@

clean:
	rm -rf .venv .venv-core build dist
