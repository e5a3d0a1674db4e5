/** Packages whose manifest says nothing or misspells it; the licence stands in their LICENSE file, read by us. */
export const READ_BY_HAND = { arc: 'BSD-3-Clause', 'png-js': 'MIT', 'splaytree-ts': 'BSD-3-Clause' };
