/// The program's version, as `--version` and `run.json` show it.
package let podstormVersion = "0.1.0"
