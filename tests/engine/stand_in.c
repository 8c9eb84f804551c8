/* As much of TensorRT's libraries as its real Python bindings need to be imported and called.
 *
 * Every object is the same one, and every method of it answers that object. Its address is chosen
 * so that it also reads as true where a bool is expected and as a positive number where an int is.
 * What the methods were called with is kept for tests to read. With stand_in_echo every method
 * answers an argument of the call before instead, as a property does that was just set.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

enum { METHODS = 512, CALLS = 4096 };

uint64_t stand_in_calls[CALLS]; /* the first argument of each call */
uint64_t stand_in_count;
int stand_in_echo; /* 1: the first argument of the call before, 2: its second */

static char *const object = (char *)0x10001001;
static void *methods[METHODS];

static void *method(void *self, uint64_t argument, uint64_t second)
{
    static uint64_t before[3];
    void *const answer = stand_in_echo ? (void *)before[stand_in_echo] : object;
    (void)self;
    before[1] = argument;
    before[2] = second;
    stand_in_calls[stand_in_count++ % CALLS] = argument;
    return answer;
}

__attribute__((constructor)) static void make_object(void)
{
    const int flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED;
    if (mmap(object - 1, 4096, PROT_READ | PROT_WRITE, flags, -1, 0) == MAP_FAILED)
        abort();
    for (int i = 0; i < METHODS; i++)
        methods[i] = (void *)method;
    void *const table = methods;
    memcpy(object, &table, sizeof table);             /* its virtual methods */
    memcpy(object + sizeof table, &object, sizeof object); /* what it hands its calls on to */
}

void *createInferBuilder_INTERNAL(void) { return object; }
void *createInferRefitter_INTERNAL(void) { return object; }
void *createInferRuntime_INTERNAL(void) { return object; }
void *createNvOnnxParser_INTERNAL(void) { return object; }
void *createNvOnnxParserRefitter_INTERNAL(void) { return object; }
void *getBuilderPluginRegistry(void) { return object; }
void *getPluginRegistry(void) { return object; }
int getNvOnnxParserVersion(void) { return 0; }
int initLibNvInferPlugins(void) { return 1; }
