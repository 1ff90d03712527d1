throw new TypeError('a module that does not load')
