package dev.polymnia.agents.code;

/// Answers with code and the programs that are made of them.
final class ProgramCases {
    /// Cases `@ target: what it is about`, the answer, a line `=>` and the program. `HEAD` and
    /// `SIGNATURE` in a program are the parts of the prefix.
    static final String ALL =
            """
            @ asserts: a block
            ```python
            def f(x):
                return x
            ```
            =>
            def f(x):
                return x
            @ asserts: a block among words
            Here it is:

            ```python
            def f(x):
                return x
            ```
            It returns x.
            =>
            def f(x):
                return x
            @ asserts: a block without a language
            ```
            def f(x): return x
            ```
            =>
            def f(x): return x
            @ asserts: a block of tildes
            ~~~python
            def f(x): return x
            ~~~
            =>
            def f(x): return x
            @ asserts: a block with a language in capitals and more words
            ```Python title="a.py"
            def f(x): return x
            ```
            =>
            def f(x): return x
            @ asserts: a block that is not closed
            ```python
            def f(x):
                return x
            =>
            def f(x):
                return x
            @ asserts: a longer fence around a shorter one
            ````
            def f(x):
                '''
            ```
                '''
                return x
            ````
            =>
            def f(x):
                '''
            ```
                '''
                return x
            @ asserts: an indented block in a list
            1. Write it:
               ```python
               def f(x):
                   return x
               ```
            =>
            def f(x):
                return x
            @ asserts: an example behind the function
            ```python
            def f(x): return x
            ```
            Use it:
            ```python
            print(f(1))
            ```
            =>
            def f(x): return x
            @ asserts: a corrected function
            ```python
            def f(x): return 0
            ```
            No, better:
            ```python
            def f(x): return x
            ```
            =>
            def f(x): return x
            @ asserts: a helper behind the function
            ```python
            def f(x): return h(x)
            ```
            ```python
            def other(x): return x
            ```
            =>
            def f(x): return h(x)
            @ asserts: no block defines the function
            ```python
            a = 1
            ```
            ```python
            b = 2
            ```
            =>
            b = 2
            @ asserts: a lambda
            ```python
            f = lambda x: x
            ```
            ```python
            print(f == 1)
            ```
            =>
            f = lambda x: x
            @ asserts: a comparison is no definition
            ```python
            f = lambda x: x
            ```
            ```python
            f == 1
            ```
            =>
            f = lambda x: x
            @ asserts: a shell command behind it
            ```python
            def f(x): return x
            ```
            ```bash
            python a.py
            ```
            =>
            def f(x): return x
            @ asserts: only code
            def f(x):
                return x
            =>
            def f(x):
                return x
            @ asserts: only code behind empty lines


            def f(x):
                return x


            =>
            def f(x):
                return x
            @ asserts: nothing

            =>

            @ asserts: a name that begins alike is another
            ```python
            def f(x): return x
            ```
            ```python
            def ff(x): return x
            ```
            =>
            def f(x): return x
            @ asserts: a class
            ```python
            class f:
                pass
            ```
            ```python
            x = f()
            ```
            =>
            class f:
                pass
            @ asserts: a method is not the function
            ```python
            def f(x): return x
            ```
            ```python
            class A:
                def f(self): pass
            ```
            =>
            def f(x): return x
            @ asserts: code in a line of words is no block
            Use `f` and ```f``` well.
            =>
            Use `f` and ```f``` well.
            @ named: the last block with the function
            ```python
            async def f(x): return x
            ```
            ```python
            y = f(2)
            ```
            =>
            async def f(x): return x
            @ named: the function with imports
            ```python
            import math

            def f(x):
                return math.floor(x)
            ```
            =>
            import math

            def f(x):
                return math.floor(x)
            @ prefix: a completion
                return 2 * x
            =>
            HEAD
            SIGNATURE
                return 2 * x
            @ prefix: a completion of several lines

                y = x
                for _ in range(1):
                    y += x
                return y
            =>
            HEAD
            SIGNATURE
                y = x
                for _ in range(1):
                    y += x
                return y
            @ prefix: a completion that goes on with other code
                return 2 * x

            print(f(1))
            =>
            HEAD
            SIGNATURE
                return 2 * x

            print(f(1))
            @ prefix: a completion that writes the function once more
                return 2 * x


            def f(x):
                return x
            =>
            HEAD
            SIGNATURE
                return 2 * x


            def f(x):
                return x
            @ prefix: a completion that gives the name to something else
                pass

            f = lambda x: x
            =>
            HEAD
            SIGNATURE
                pass

            f = lambda x: x
            @ prefix: a body in a block
            ```python
                return 2 * x
            ```
            =>
            HEAD
            SIGNATURE
                return 2 * x
            @ prefix: a body without its indentation
            ```python
            y = x
            if y:
                y += x
            return y
            ```
            =>
            HEAD
            SIGNATURE
                y = x
                if y:
                    y += x
                return y
            @ prefix: a line without its indentation
            return 2 * x
            =>
            HEAD
            SIGNATURE
                return 2 * x
            @ prefix: only the first line has lost its indentation
            y = x
                y += x
                return y
            =>
            HEAD
            SIGNATURE
                y = x
                y += x
                return y
            @ prefix: only the first line has lost its indentation, and it opens a block
            for y in [x]:
                    x += y
                return x
            =>
            HEAD
            SIGNATURE
                for y in [x]:
                    x += y
                return x
            @ prefix: a block that opens without indentation is moved
            if x:
                return 2 * x
            return 0
            =>
            HEAD
            SIGNATURE
                if x:
                    return 2 * x
                return 0
            @ prefix: too little indentation
            ```python
              y = x
              if y:
                y += x
              return y
            ```
            =>
            HEAD
            SIGNATURE
                y = x
                if y:
                  y += x
                return y
            @ prefix: too much indentation
                    y = x
                    return y + x
            =>
            HEAD
            SIGNATURE
                y = x
                return y + x
            @ prefix: a helper inside of the body
            ```python
            def h(y):
                return 2 * y
            return h(x)
            ```
            =>
            HEAD
            SIGNATURE
                def h(y):
                    return 2 * y
                return h(x)
            @ prefix: the function in full keeps what stands before it
            ```python
            def f(x: int) -> int:
                return 2 * x
            ```
            =>
            HEAD
            def f(x: int) -> int:
                return 2 * x
            @ prefix: the function in full with its own imports
            ```python
            import math

            def f(x):
                return 2 * x
            ```
            =>
            HEAD
            import math

            def f(x):
                return 2 * x
            @ prefix: the function in full without a block
            def f(x):
                return 2 * x
            =>
            HEAD
            def f(x):
                return 2 * x
            @ prefix: the function and an example of it
            ```python
            def f(x):
                return 2 * x
            ```
            For example:
            ```
            >>> f(1)
            2
            ```
            =>
            HEAD
            def f(x):
                return 2 * x
            @ prefix: nothing

            =>
            HEAD
            SIGNATURE
            @ helped: a body can call the helper of the prefix
                return g(2 * x)
            =>
            HEAD
            HELPER
            SIGNATURE
                return g(2 * x)
            @ helped: the function in full can call it, too
            ```python
            def f(x):
                return g(2 * x)
            ```
            =>
            HEAD
            HELPER
            def f(x):
                return g(2 * x)
            """;

    private ProgramCases() {}
}
