/** Raise it whenever `storedShape` changes: what was stored before then counts as not there, and is made again. */
export const shapeVersion = 5;
