// a frame for tests
