"""What `bin/ci` runs: a list of stages (`stages`) and what it takes to run them."""
