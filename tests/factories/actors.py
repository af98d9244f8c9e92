from pingpong.kit.actor import Actor

DONALD = Actor("Donald Duck")
