module officialsdk

go 1.24

require github.com/Midbound/cloud-sdk-go v0.1.0
