/* A micro:bit (Cortex-M0) in QEMU: files and exit by semihosting, and the time by SysTick.
   With -icount shift=10 an instruction takes 1024 ns, and SysTick counts at 16 MHz. */

#include <stddef.h>
#include <stdint.h>

#define SYST_CSR (*(volatile uint32_t *)0xe000e010)
#define SYST_RVR (*(volatile uint32_t *)0xe000e014)
#define SYST_CVR (*(volatile uint32_t *)0xe000e018)

enum { SYS_OPEN = 1, SYS_WRITE = 5, SYS_READ = 6, SYS_EXIT = 0x18 };
enum { READ_BINARY = 1, WRITE_BINARY = 5 };

/* Painted below the stack of an answer to find how deep it went. */
enum { PAINT = 0x5a5a5a5a, PAINTED = 512 };

static int32_t board_inputs = -1, board_results = -1, board_log = -1;
static uint32_t board_answers, board_total, board_most, board_deepest, board_started;
static uint32_t *board_top;

static int32_t board_call(int32_t number, const void *arguments)
{
    register int32_t r0 __asm__("r0") = number;
    register const void *r1 __asm__("r1") = arguments;
    __asm__ volatile("bkpt 0xab" : "+r"(r0) : "r"(r1) : "memory");
    return r0;
}

static int32_t board_open(const char *name, uintptr_t mode)
{
    uintptr_t length = 0;
    while (name[length] != 0) {
        length++;
    }
    uintptr_t arguments[3] = {(uintptr_t)name, mode, length};
    return board_call(SYS_OPEN, arguments);
}

static int board_read(void *values, size_t bytes)
{
    if (board_inputs < 0) {
        board_inputs = board_open("inputs", READ_BINARY);
        board_results = board_open("results", WRITE_BINARY);
        board_log = board_open("log", WRITE_BINARY);
        SYST_RVR = 0xffffff;
        SYST_CVR = 0;
        SYST_CSR = 5;
    }
    uintptr_t arguments[3] = {(uintptr_t)board_inputs, (uintptr_t)values, bytes};
    return board_call(SYS_READ, arguments) == 0;
}

static void board_put(int32_t file, const void *values, size_t bytes)
{
    uintptr_t arguments[3] = {(uintptr_t)file, (uintptr_t)values, bytes};
    board_call(SYS_WRITE, arguments);
}

static void board_write(const void *values, size_t bytes)
{
    board_put(board_results, values, bytes);
}

/* Inlined, so that the stack is that of the caller. */
static inline __attribute__((always_inline)) void board_start(void)
{
    uint32_t *top;
    __asm__ volatile("mov %0, sp" : "=r"(top));
    for (int k = 1; k <= PAINTED; k++) {
        *(volatile uint32_t *)(top - k) = PAINT;
    }
    board_top = top;
    board_started = SYST_CVR;
    __asm__ volatile("" ::: "memory");
}

static inline __attribute__((always_inline)) void board_stop(void)
{
    __asm__ volatile("" ::: "memory");
    uint32_t ticks = (board_started - SYST_CVR) & 0xffffff;
    uint32_t instructions = (uint32_t)((ticks * (uint64_t)1000 + 8192) / 16384);
    uint32_t depth = PAINTED;
    while (depth > 0 && *(volatile uint32_t *)(board_top - depth) == PAINT) {
        depth--;
    }
    board_answers++;
    board_total += instructions;
    board_most = instructions > board_most ? instructions : board_most;
    board_deepest = 4 * depth > board_deepest ? 4 * depth : board_deepest;
}

/* Answers, all and the most instructions, bytes of stack: four words in the file log. */
static void board_end(void)
{
    uint32_t log[4] = {board_answers, board_total, board_most, board_deepest};
    board_put(board_log, log, sizeof log);
    board_call(SYS_EXIT, (const void *)0x20026);
}

extern uint32_t data_load[], data_start[], data_end[], bss_end[], stack_top[];
int main(void);

void reset(void)
{
    uint32_t *from = data_load;
    uint32_t *to = data_start;
    while (to < data_end) {
        *to++ = *from++;
    }
    while (to < bss_end) {
        *to++ = 0;
    }
    main();
    for (;;) {
    }
}

__attribute__((section(".vectors"), used)) static const uintptr_t vectors[4] = {
    (uintptr_t)stack_top, (uintptr_t)reset, (uintptr_t)reset, (uintptr_t)reset
};
