/* FANN's fann_run without its messages: they alone need twice the memory of an ATmega328P. */

#include "config.h"
#include "fixedfann.h"
#include <stdarg.h>
#include <stdio.h>
#define printf(...) ((void)0)
#define fann_error(...) ((void)0)
#include "fann.c"
