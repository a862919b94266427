// Carries the precompiled standard headers of the program.
