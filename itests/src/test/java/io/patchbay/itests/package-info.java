/** Tests of the built distribution, from outside: what an operator and a client see. */
@NullMarked
package io.patchbay.itests;

import org.jspecify.annotations.NullMarked;
