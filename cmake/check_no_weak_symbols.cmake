# Fails when a kernel object defines a weak (inline/template) symbol: the linker
# could choose that copy, built for a newer CPU, for the whole program.
execute_process(COMMAND ${NM} -C --defined-only ${OBJECTS} OUTPUT_VARIABLE out
                COMMAND_ERROR_IS_FATAL ANY)
string(REGEX MATCHALL "[^\n]* [WVu] [^\n]*" weak "${out}")
if(weak)
  message(FATAL_ERROR "weak symbols in ${OBJECTS}:\n${weak}")
endif()
