/* An ATmega328P in simavr: the simulator, which is run.c, sees what is written to three general purpose
   registers, and reads and writes memory at the address in two of them. */

#include <avr/io.h>
#include <stddef.h>

enum { READ = 1, START, STOP, WRITE, END };

static uint8_t board_tell(uint8_t what, void *address)
{
    GPIOR1 = (uint8_t)(uintptr_t)address;
    GPIOR2 = (uint8_t)((uintptr_t)address >> 8);
    __asm__ volatile("" ::: "memory");
    GPIOR0 = what;
    __asm__ volatile("" ::: "memory");
    return GPIOR0;
}

static uint8_t board_read(void *values, size_t bytes)
{
    (void)bytes;
    return board_tell(READ, values);
}

static void board_start(void)
{
    board_tell(START, 0);
}

static void board_stop(void)
{
    board_tell(STOP, 0);
}

static void board_write(void *values, size_t bytes)
{
    (void)bytes;
    board_tell(WRITE, values);
}

static void board_end(void)
{
    board_tell(END, 0);
}
