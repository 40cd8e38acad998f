import PodstormCLI

Podstorm.start()
