'use strict';
// Makes a process believe that its standard error is a terminal, so that it shows its progress.
process.stderr.isTTY = true;
